package dev.shiplog.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets which folder: several processes, several class loaders, and others who may not. */
class OrphansTest {
  @TempDir Path dir;

  @Test
  void foldersAndFiles_areTheOwnersAlone() throws IOException {
    assumeTrue(dir.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX");
    Path made = dir.resolve("made");
    try (Spool spool = Log.folder(made).openOwn()) {
      assertThat(spool.prepare()).isTrue();
      try (Stream<Path> all = Files.walk(made)) {
        assertThat(all)
            .hasSize(6) // dir, service, appender, process, lock, segment
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
      }
    }
  }

  @Test
  void names_cannotLeadOutOfTheFolder() {
    SpoolSettings settings = SpoolSettings.of(1 << 20);
    for (String name : List.of("..", ".", "", "/etc", "a/../../b", "a\0b", "ü", "x".repeat(500))) {
      Path path = SpoolFolder.in(dir, name, name, settings).path();
      assertThat(path.normalize()).isEqualTo(path);
      assertThat(path).startsWithRaw(dir.toAbsolutePath());
      assertThat(path.getNameCount()).isEqualTo(dir.toAbsolutePath().getNameCount() + 2);
    }
    assertThat(SpoolFolder.in(dir, "a/b", "x", settings).path())
        .isNotEqualTo(SpoolFolder.in(dir, "a_b", "x", settings).path());
    assertThat(SpoolFolder.in(dir, "gallery.v-2", "FLUENTD", settings).path())
        .isEqualTo(dir.toAbsolutePath().resolve("gallery.v-2").resolve("FLUENTD"));
  }

  @Test
  void orphanOpenToOthers_isNotTaken() throws IOException {
    assumeTrue(dir.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX");
    Path process = orphan();
    SpoolFolder folder = Log.folder(dir);

    Files.setPosixFilePermissions(process, PosixFilePermissions.fromString("rwx---r-x"));
    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals()).containsExactly(process + ": is open to others: rwx---r-x");

    // as the group of a Kubernetes volume
    Files.setPosixFilePermissions(process, PosixFilePermissions.fromString("rwxrwx---"));
    Path file = Log.segmentFiles(dir).get(0);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals()).containsExactly(file + ": is open to others: rw-rw-rw-");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertAdoptable(folder);
  }

  @Test
  void orphanOfAnotherUser_isNotTaken() throws IOException {
    Path process = orphan();
    try {
      Files.setAttribute(process, "unix:uid", 12_345);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      assumeTrue(false, "needs root to give a folder away: " + e);
    }
    SpoolFolder folder = Log.folder(dir);

    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals())
        .singleElement()
        .asString()
        .startsWith(process + ": belongs to another user, ");
  }

  @Test
  void orphanWithALink_isNotTaken() throws IOException {
    Path process = orphan();
    SpoolFolder folder = Log.folder(dir);
    Path elsewhere = Files.writeString(dir.resolve("elsewhere"), "precious");
    Path link = process.resolve("00000002.segment");

    Files.createSymbolicLink(link, elsewhere);
    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals()).containsExactly(link + ": is a link");

    Files.delete(link);
    Files.createLink(link, elsewhere);
    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals())
        .containsExactly(link + ": has another name, which is a hard link");
    assertThat(elsewhere).hasContent("precious");

    Files.delete(link);
    assertAdoptable(folder);
  }

  @Test
  void folderThatIsALink_isNotUsed() throws IOException {
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Path process = orphan();
    SpoolFolder folder = Log.folder(dir);
    Files.createSymbolicLink(process.resolveSibling("1-link-1"), process);
    try (Spool spool = folder.adoptOrphans().get(0)) {
      assertThat(folder.refusals())
          .containsExactly(process.resolveSibling("1-link-1") + ": is a link");
      assertThat(spool.toString()).isEqualTo(process.toString());
    }

    Files.createSymbolicLink(dir.resolve("evil"), elsewhere);
    SpoolFolder evil = SpoolFolder.in(dir, "evil", "appender", SpoolSettings.of(1 << 20));
    assertThat(catchThrowableOfType(IOException.class, evil::openOwn))
        .hasMessage(dir.resolve("evil") + ": is a link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  /** The classes of two web applications in one JVM. */
  @Test
  void otherClassLoader_neitherGetsNorReleasesAHeldFolder() throws Exception {
    List<URL> here = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      here.add(Path.of(entry).toUri().toURL());
    }
    SpoolFolder folder = Log.folder(dir);
    try (Spool held = folder.openOwn();
        URLClassLoader other =
            new URLClassLoader(here.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThat(Log.appendPrepared(held, "mine")).isPositive();
      Class<?> child = other.loadClass(ChildSpool.class.getName());
      assertThat(child).isNotSameAs(ChildSpool.class);
      Object theirs = child.getMethod("adoptAll", String.class).invoke(null, dir.toString());

      assertThat(theirs).isEqualTo(List.of());
      try (Children children = new Children()) {
        assertThat(children.start("adopt", dir).lines()).containsExactly("done");
      }
    }
  }

  @Test
  void orphans_areAdoptedOnceByProcessesThatRaceForThem() throws Exception {
    List<String> expected = new ArrayList<>();
    List<String> adopted = Collections.synchronizedList(new ArrayList<>());
    try (Children children = new Children()) {
      SpoolFolder folder = Log.folder(dir);
      for (int i = 0; i < 40; i++) {
        try (Spool spool = folder.openOwn()) {
          Log.appendPrepared(spool, "orphan " + i);
        }
        expected.add("orphan " + i);
      }
      List<Children.Child> racers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        racers.add(children.start("adopt", dir));
      }
      for (Children.Child racer : racers) {
        adopted.addAll(racer.lines());
      }
    }
    adopted.removeIf("done"::equals);
    assertThat(adopted).hasSameSizeAs(expected);
    assertThat(new TreeSet<>(adopted)).isEqualTo(new TreeSet<>(expected));
  }

  private Path orphan() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      assertThat(Log.appendPrepared(spool, "left behind")).isPositive();
      return Path.of(spool.toString());
    }
  }

  private static void assertAdoptable(SpoolFolder folder) {
    List<Spool> adopted = folder.adoptOrphans();
    assertThat(folder.refusals()).isEmpty();
    assertThat(adopted).hasSize(1);
    adopted.get(0).close();
  }
}
