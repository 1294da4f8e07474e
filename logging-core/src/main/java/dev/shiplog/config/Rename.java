package dev.shiplog.config;

/** A field that gets another name. */
public record Rename(String from, String to) {
  static final Type<Rename> TYPE =
      new Type<>(
          "rename",
          "must be from=to",
          text -> {
            int equals = text.indexOf('=');
            String from = equals < 0 ? "" : text.substring(0, equals).strip();
            String to = text.substring(equals + 1).strip();
            return from.isEmpty() || to.isEmpty() ? null : new Rename(from, to);
          });
}
