package dev.shiplog.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns dotted names into nested objects: {@code log.level} and {@code log.logger} become one
 * object {@code log}, standing where its first member stood.
 *
 * <p>Works on the encoded record, for any encoding: values are copied as they are, only names are
 * written anew. A scalar in the way of an object keeps its name and the object is called {@code
 * name_}. Not thread-safe.
 */
public final class Nesting {
  private final RecordWriter from;
  private final RecordWriter to;
  private final FieldTrack track = new FieldTrack();
  private int renamed;

  /** Nests what {@code from} has written, with {@code to}, a writer of the same encoding. */
  public Nesting(RecordWriter from, RecordWriter to) {
    this.from = from;
    this.to = to;
    from.track(track);
  }

  /** The bytes that nesting adds at the most: brackets and quotes for each dot of each name. */
  public int growth() {
    int growth = 0;
    for (int i = 0; i < track.size(); i++) {
      growth += track.name(i).nestingBytes();
    }
    return growth;
  }

  /** How many objects of the last record had to be renamed. */
  public int renamed() {
    return renamed;
  }

  /** Writes the record nested; {@code end} is where the last value of {@code from} ends. */
  public void rewrite(long epochSecond, int nano, int end) {
    renamed = 0;
    Node root = new Node();
    for (int i = 0; i < track.size(); i++) {
      root.put(track.name(i).text(), track.valueStart(i), track.valueEnd(i, end), this);
    }
    to.begin(epochSecond, nano);
    writeMembers(root);
    to.end();
  }

  private void write(Node node) {
    if (node.isValue()) {
      int copy = to.position();
      to.raw(from.buffer(), node.start, node.end);
      to.placesCopied(from, node.start, node.end, copy);
      return;
    }
    to.beginObject();
    writeMembers(node);
    to.endObject();
  }

  private void writeMembers(Node object) {
    object.members.forEach(
        (name, member) -> {
          to.name(name);
          write(member);
        });
  }

  /** An object, or a value where {@code end} is not 0. */
  private static final class Node {
    private final Map<String, Node> members = new LinkedHashMap<>();
    private int start;
    private int end;

    boolean isValue() {
      return end > 0;
    }

    void put(String name, int valueStart, int valueEnd, Nesting nesting) {
      Node object = this;
      List<String> path = path(name);
      for (String part : path.subList(0, path.size() - 1)) {
        object = object.object(part, nesting);
      }
      Node value = object.free(path.get(path.size() - 1), nesting);
      value.start = valueStart;
      value.end = valueEnd;
    }

    /** The object of that name; where a value has the name, the object is called otherwise. */
    private Node object(String name, Nesting nesting) {
      Node member = members.computeIfAbsent(name, n -> new Node());
      if (!member.isValue()) {
        return member;
      }
      nesting.renamed++;
      return object(name + '_', nesting);
    }

    /** A new member of that name; where an object has the name, it makes way. */
    private Node free(String name, Nesting nesting) {
      @Nullable Node taken = members.get(name);
      Node value = new Node();
      members.put(name, value);
      if (taken != null) {
        nesting.renamed++;
        moveAway(name + '_', taken);
      }
      return value;
    }

    private void moveAway(String name, Node node) {
      String free = name;
      while (members.putIfAbsent(free, node) != null) {
        free += '_';
      }
    }

    /** The parts between the dots; a name with an empty part is not a path but one name. */
    private static List<String> path(String name) {
      if (!FieldName.isPath(name)) {
        return List.of(name);
      }
      List<String> parts = new ArrayList<>(4);
      int from = 0;
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
        if (dot == from) {
          return List.of(name);
        }
        parts.add(name.substring(from, dot));
        from = dot + 1;
      }
      if (from == name.length()) {
        return List.of(name);
      }
      parts.add(name.substring(from));
      return parts;
    }
  }
}
