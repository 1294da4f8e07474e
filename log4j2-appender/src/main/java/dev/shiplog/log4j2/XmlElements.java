package dev.shiplog.log4j2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Finds what Log4j has dropped of an element in a {@code log4j2.xml}: inner elements for whose
 * names it has no plugin. Log4j says so and goes on; but a misspelt {@code <Tls ca="…"/>} must not
 * end in the clear. So the file is read once more; where that cannot be, there is nothing to find.
 *
 * <p>Other formats drop nothing.
 */
final class XmlElements {
  private static final String FEATURES = "http://apache.org/xml/features/";
  private static final String STANDARD_FEATURES = "http://xml.org/sax/features/";

  private XmlElements() {}

  /** The names of the elements that {@code node} has lost, those of inner ones with dots. */
  static List<String> dropped(Configuration configuration, Node node) {
    List<String> dropped = new ArrayList<>();
    if (configuration instanceof XmlConfiguration) {
      try {
        ConfigurationSource source = configuration.getConfigurationSource().resetInputStream();
        if (source != null) {
          search(parse(source).getDocumentElement(), node, dropped);
        }
      } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
        // Log4j could read it and has told by itself what it dropped
        return dropped;
      }
    }
    return dropped;
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

  /** Looks for the element everywhere; several that look the same count as one. */
  private static void search(org.w3c.dom.Element at, Node node, List<String> dropped) {
    if (type(at).equalsIgnoreCase(node.getName()) && hasAttributes(at, node)) {
      compare("", at, node, dropped);
    }
    inner(at).forEach(element -> search(element, node, dropped));
  }

  private static void compare(
      String group, org.w3c.dom.Element element, Node node, List<String> dropped) {
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
        compare(group + name + '.', inner, kept, dropped);
      } else if (!isKept(name, node)) {
        dropped.add(group + name);
      }
    }
  }

  /** An element that is but a text becomes an attribute; arbiters go, and leave what is in them. */
  private static boolean isKept(String name, Node node) {
    return name.equalsIgnoreCase("Select")
        || name.endsWith("Arbiter")
        || node.getAttributes().keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static boolean hasAttributes(org.w3c.dom.Element element, Node node) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      org.w3c.dom.Node attribute = attributes.item(i);
      Map<String, String> known = node.getAttributes();
      boolean isType = attribute.getNodeName().equalsIgnoreCase("type");
      if (!isType
          && !attribute.getNodeName().startsWith("xml")
          && !attribute.getNodeValue().equals(known.get(attribute.getNodeName()))) {
        return false;
      }
    }
    return true;
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
