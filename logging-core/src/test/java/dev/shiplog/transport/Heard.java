package dev.shiplog.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what a transport says, as {@code acked A}, {@code retry B}, {@code failed CLOSED}.
 */
final class Heard implements TransportListener {
  final List<String> said = new ArrayList<>();
  final List<String> details = new ArrayList<>();

  @Override
  public void connected(String address) {
    said.add("connected");
  }

  @Override
  public void failed(Fault fault, String detail) {
    said.add("failed " + fault);
    details.add(detail);
  }

  @Override
  public void settled(Outgoing chunk, Result result) {
    String name = ((TestChunk) chunk).name();
    if (result instanceof Result.Acked) {
      said.add("acked " + name);
    } else if (result instanceof Result.Retry retry) {
      said.add("retry " + name + (retry.sent() ? "" : " unsent"));
    } else {
      said.add("rejected " + name);
    }
  }
}
