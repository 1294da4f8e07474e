package dev.shiplog.log4j2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Finds what Log4j has lost of an element in a {@code log4j2.xml}: inner elements for whose names
 * it has no plugin, and of several that are but a text and have one name all but the last. Log4j
 * goes on; but a misspelt {@code <Tls ca="…"/>} must not end in the clear. So the file is read once
 * more; where that cannot be, there is nothing to find.
 *
 * <p>Other formats lose nothing of the kind.
 */
final class XmlElements {
  private static final String FEATURES = "http://apache.org/xml/features/";
  private static final String STANDARD_FEATURES = "http://xml.org/sax/features/";

  private static final String VALUE = "value";

  private XmlElements() {}

  /**
   * A setting that was lost.
   *
   * @param path the name of the element, those of inner ones with dots
   * @param text what it says
   */
  record Lost(String path, String text) {}

  /** What {@code node} has lost. */
  static List<Lost> lost(Configuration configuration, Node node) {
    List<Lost> lost = new ArrayList<>();
    if (configuration instanceof XmlConfiguration) {
      try {
        ConfigurationSource source = configuration.getConfigurationSource().resetInputStream();
        if (source != null) {
          org.w3c.dom.Element element = find(parse(source).getDocumentElement(), node);
          if (element != null) {
            compare("", element, node, lost);
          }
        }
      } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
        // Log4j could read it and has told by itself what it dropped
        return lost;
      }
    }
    return lost;
  }

  private static Document parse(ConfigurationSource source)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(STANDARD_FEATURES + "external-general-entities", false);
    factory.setFeature(STANDARD_FEATURES + "external-parameter-entities", false);
    factory.setFeature(FEATURES + "nonvalidating/load-external-dtd", false);
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(true);
    factory.setExpandEntityReferences(false);
    try (InputStream in = source.getInputStream()) {
      InputSource input = new InputSource(in);
      input.setSystemId(source.getLocation());
      return factory.newDocumentBuilder().parse(input);
    }
  }

  /** The element that {@code node} is; null if that cannot be told. */
  private static org.w3c.dom.@Nullable Element find(org.w3c.dom.Element root, Node node) {
    Node parent = node.getParent();
    while (parent != null && !parent.isRoot() && isArbiter(parent.getName())) {
      parent = parent.getParent();
    }
    if (parent == null) {
      return root;
    }
    org.w3c.dom.Element outer = find(root, parent);
    if (outer == null) {
      return null;
    }
    List<org.w3c.dom.Element> elements = withoutArbiters(outer);
    elements.removeIf(element -> !type(element).equalsIgnoreCase(node.getName()));
    List<Node> nodes = new ArrayList<>(parent.getChildren());
    nodes.removeIf(child -> !child.getName().equalsIgnoreCase(node.getName()));
    int place = nodes.indexOf(node);
    if (place >= 0 && nodes.size() == elements.size()) {
      return elements.get(place);
    }
    // an arbiter has left some out, or a Routing appender has copied the node
    elements.removeIf(element -> !hasAttributes(element, node));
    return elements.isEmpty() ? null : elements.get(0);
  }

  private static List<org.w3c.dom.Element> withoutArbiters(org.w3c.dom.Element outer) {
    List<org.w3c.dom.Element> elements = new ArrayList<>();
    for (org.w3c.dom.Element element : inner(outer)) {
      if (isArbiter(type(element))) {
        elements.addAll(withoutArbiters(element));
      } else {
        elements.add(element);
      }
    }
    return elements;
  }

  private static void compare(
      String group, org.w3c.dom.Element element, Node node, List<Lost> lost) {
    attributes(element)
        .forEach(
            (name, value) -> {
              if (!value.equals(node.getAttributes().get(name))) {
                lost.add(new Lost(group + name, value)); // a text of this name came after it
              }
            });
    // both are in the order of the file, so that of several with one name each finds its own
    List<Node> left = new ArrayList<>(node.getChildren());
    for (org.w3c.dom.Element inner : inner(element)) {
      String name = type(inner);
      Node kept = null;
      for (Node child : left) {
        if (child.getName().equalsIgnoreCase(name) && hasAttributes(inner, child)) {
          kept = child;
          break;
        }
      }
      if (kept != null) {
        left.remove(kept);
        compare(group + name + '.', inner, kept, lost);
      } else if (isMore(inner)) {
        if (!isArbiter(name)) {
          node.getAttributes().remove(name, ""); // what Log4j made of it
          lose(group + name, inner, lost);
        }
      } else if (!text(inner).equals(node.getAttributes().get(name))) {
        lost.add(new Lost(group + name, text(inner)));
      }
    }
  }

  /** All that an element says for which there is no plugin, read as if there was one. */
  private static void lose(String path, org.w3c.dom.Element element, List<Lost> lost) {
    attributes(element)
        .forEach(
            (name, value) ->
                lost.add(new Lost(name.equalsIgnoreCase(VALUE) ? path : path + '.' + name, value)));
    inner(element).forEach(inner -> lose(path + '.' + type(inner), inner, lost));
    if (!isMore(element)) {
      lost.add(new Lost(path, text(element)));
    }
  }

  /** Whether an element is more than a text. */
  private static boolean isMore(org.w3c.dom.Element element) {
    return !attributes(element).isEmpty() || !inner(element).isEmpty();
  }

  /** Arbiters go, and leave what is in them. */
  private static boolean isArbiter(String name) {
    return name.equalsIgnoreCase("Select") || name.endsWith("Arbiter");
  }

  /** What Log4j makes an attribute of the outer element. */
  private static String text(org.w3c.dom.Element element) {
    return element.getTextContent().strip();
  }

  private static boolean hasAttributes(org.w3c.dom.Element element, Node node) {
    Map<String, String> known = node.getAttributes();
    return attributes(element).entrySet().stream()
        .allMatch(
            attribute ->
                attribute.getValue().equals(known.get(attribute.getKey()))
                    || inner(element).stream()
                        .anyMatch(inner -> type(inner).equals(attribute.getKey())));
  }

  /** Those that are settings. */
  private static Map<String, String> attributes(org.w3c.dom.Element element) {
    Map<String, String> settings = new LinkedHashMap<>();
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.item(i).getNodeName();
      if (!name.equalsIgnoreCase("type") && !name.startsWith("xml")) {
        settings.put(name, attributes.item(i).getNodeValue());
      }
    }
    return settings;
  }

  /** A strict file names its plugins by an attribute. */
  private static String type(org.w3c.dom.Element element) {
    String type = element.getAttribute("type");
    return type.isEmpty() ? element.getTagName() : type;
  }

  private static List<org.w3c.dom.Element> inner(org.w3c.dom.Element element) {
    List<org.w3c.dom.Element> inner = new ArrayList<>();
    for (org.w3c.dom.Node at = element.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof org.w3c.dom.Element child) {
        inner.add(child);
      }
    }
    return inner;
  }
}
