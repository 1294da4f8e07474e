package dev.shiplog;

import dev.shiplog.status.Meters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Pipelines in an MBean server, as {@code dev.shiplog:type=Pipeline,context="…",name="…"}. A second
 * one of the same name has {@code -2} behind it, and moves up when the first goes: after a
 * configuration was reloaded its pipelines have the names that they had before.
 *
 * <p>Not thread-safe.
 */
final class MeterBeans {
  private static final int MAX_NAMESAKES = 1000;

  private final MBeanServer server;
  private final List<Bean> beans = new ArrayList<>();

  MeterBeans(MBeanServer server) {
    this.server = server;
  }

  /** Those of the JVM's own server, which is made if nobody has asked for it yet. */
  static MeterBeans ofThisJvm() {
    return new MeterBeans(ManagementFactory.getPlatformMBeanServer());
  }

  private record Bean(Object owner, Meters meters, String context, String name, int number) {
    ObjectName objectName() throws MalformedObjectNameException {
      String numbered = number == 1 ? name : name + '-' + number;
      return new ObjectName(
          "dev.shiplog:type=Pipeline,context="
              + ObjectName.quote(context)
              + ",name="
              + ObjectName.quote(numbered));
    }

    Bean with(int other) {
      return new Bean(owner, meters, context, name, other);
    }

    boolean isNamesakeOf(Bean other) {
      return name.equals(other.name) && context.equals(other.context);
    }
  }

  /** Shows the meters until {@link #remove}. */
  void add(Object owner, Meters meters, String context, String name) throws JMException {
    // numbers may be taken by namesakes of another class loader
    for (int number = 1; number <= MAX_NAMESAKES; number++) {
      Bean bean = new Bean(owner, meters, context, name, number);
      try {
        register(bean);
        beans.add(bean);
        return;
      } catch (InstanceAlreadyExistsException e) {
        // the next one, then
      }
    }
  }

  /** Ends what {@link #add} began. */
  void remove(Object owner) throws JMException {
    for (int i = 0; i < beans.size(); i++) {
      Bean bean = beans.get(i);
      if (bean.owner() == owner) {
        beans.remove(i);
        server.unregisterMBean(bean.objectName());
        moveUp(bean, i);
        return;
      }
    }
  }

  /** Gives the number that got free to the next one of that name, and so on. */
  private void moveUp(Bean gone, int from) throws JMException {
    int free = gone.number();
    for (int i = from; i < beans.size(); i++) {
      Bean bean = beans.get(i);
      if (bean.isNamesakeOf(gone) && bean.number() > free) {
        Bean moved = bean.with(free);
        register(moved);
        beans.set(i, moved);
        server.unregisterMBean(bean.objectName());
        free = bean.number();
      }
    }
  }

  private void register(Bean bean) throws JMException {
    server.registerMBean(new MeterBean(bean.meters()), bean.objectName());
  }
}
