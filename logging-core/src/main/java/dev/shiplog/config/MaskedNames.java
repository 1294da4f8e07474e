package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The names whose values are masked. What a user adds comes on top of the built-in ones, since
 * somebody who adds {@code iban} does not mean to publish passwords; {@code none} takes those away.
 */
public final class MaskedNames {
  private static final String NONE = "none";

  private MaskedNames() {}

  /**
   * The names that {@code settings} have masked, as written.
   *
   * @param builtIn what is masked unless the settings say {@code none}
   */
  public static List<String> of(Settings settings, List<String> builtIn) {
    List<String> names = new ArrayList<>(settings.all(Keys.MASK_KEY));
    if (!names.remove(NONE)) {
      names.addAll(0, builtIn);
    }
    return List.copyOf(names);
  }
}
