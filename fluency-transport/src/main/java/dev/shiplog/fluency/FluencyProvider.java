package dev.shiplog.fluency;

import dev.shiplog.transport.Compression;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.TransportProvider;
import dev.shiplog.transport.TransportSettings;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.komamitsu.fluency.fluentd.ingester.sender.TCPSender;

/** {@code transport=fluency}. */
public final class FluencyProvider implements TransportProvider {
  @Override
  public String name() {
    return "fluency";
  }

  @Override
  public String ownLoggers() {
    return "org.komamitsu.";
  }

  @Override
  public List<? extends ForwardTransport> open(
      List<Endpoint> endpoints, TransportSettings settings, ThreadFactory threads) {
    if (!settings.security().isNone()) {
      // the settings have seen to that; but what leaves in the clear cannot be taken back
      throw new IllegalArgumentException("cannot do tls.*, auth.*");
    }
    if (settings.compression() != Compression.NONE) {
      throw new IllegalArgumentException("cannot do compression");
    }
    // a Fluency that is missing is missed here, not when the first chunk is sent
    TCPSender.Config unused = new TCPSender.Config();
    Sleeper sleeper = new Sleeper();
    return endpoints.stream()
        .map(
            endpoint ->
                new FluencyTransport(
                    endpoint,
                    settings,
                    threads,
                    sleeper,
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble()))
        .toList();
  }
}
