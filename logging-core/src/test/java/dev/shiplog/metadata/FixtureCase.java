package dev.shiplog.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One folder of the container-metadata fixtures, laid out as the root of a machine. */
public record FixtureCase(Path folder) {
  private static final Map<String, String> PLACES =
      Map.of(
          "cgroup", "proc/self/cgroup",
          "mountinfo", "proc/self/mountinfo",
          "hostname", "etc/hostname",
          "hosts", "etc/hosts",
          "containerenv", "run/.containerenv",
          "dockerenv", ".dockerenv",
          "serviceaccount-namespace", "var/run/secrets/kubernetes.io/serviceaccount/namespace",
          "podinfo-labels", "etc/podinfo/labels",
          "podinfo-annotations", "etc/podinfo/annotations");

  /** Every case there is, by name. */
  public static List<FixtureCase> all() {
    try {
      URI page = FixtureCase.class.getResource("/container-metadata/README.md").toURI();
      // other modules have them in a jar, once this one is packaged
      Path fixtures =
          page.getScheme().equals("jar")
              ? FileSystems.newFileSystem(jar(page)).getPath("/container-metadata")
              : Path.of(page).getParent();
      try (Stream<Path> folders = Files.list(fixtures)) {
        return folders.filter(Files::isDirectory).sorted().map(FixtureCase::new).toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path jar(URI page) {
    String address = page.getSchemeSpecificPart();
    return Path.of(URI.create(address.substring(0, address.indexOf("!/"))));
  }

  public static FixtureCase named(String name) {
    return all().stream().filter(c -> c.toString().equals(name)).findFirst().orElseThrow();
  }

  /** Puts the case's files where a process would see them; returns {@code root}. */
  public Path layOut(Path root) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String place = place(file.getFileName().toString());
        if (place != null) {
          copy(file, root.resolve(place));
        }
      }
    }
    switch (toString()) { // too big to be kept
      case "neg-huge-mountinfo" -> write(root.resolve("proc/self/mountinfo"), hugeMountinfo());
      case "neg-giant-line" ->
          write(
              root.resolve("proc/self/cgroup"),
              "1:name=systemd:/docker/" + "0123456789abcdef".repeat(18_750));
      default -> {}
    }
    return root;
  }

  private @Nullable String place(String file) throws IOException {
    return file.equals("ecs-metadata-file.json")
        ? environment().getOrDefault("ECS_CONTAINER_METADATA_FILE", "").substring(1)
        : PLACES.get(file);
  }

  public Machine machine(Path root) throws IOException {
    return new Machine(layOut(root), environment());
  }

  public Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    if (Files.exists(folder.resolve("env"))) {
      for (String line : Files.readAllLines(folder.resolve("env"))) {
        if (!line.isEmpty()) {
          int equals = line.indexOf('=');
          environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    }
    return environment;
  }

  public Map<String, Object> expected() throws IOException {
    return new ObjectMapper()
        .readValue(read("expected.json"), new TypeReference<Map<String, Object>>() {});
  }

  /** The file's text; empty if the case has no such file. */
  public String read(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readString(path, UTF_8) : "";
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, ISO_8859_1);
  }

  /** As the fixtures' README describes it: a host with thousands of containers. */
  private static String hugeMountinfo() {
    StringBuilder text =
        new StringBuilder(
            """
            23 30 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw
            30 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
            31 24 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw
            """);
    Random random = new Random(42);
    String layers = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/";
    for (int i = 0; i < 2600; i++) {
      StringBuilder id = new StringBuilder();
      for (int j = 0; j < 8; j++) {
        id.append(String.format("%08x", random.nextInt()));
      }
      text.append(
          String.format(
              "%d 30 0:%d / /var/lib/docker/rootfs/overlayfs/%s rw,relatime shared:%d - overlay"
                  + " overlay rw,lowerdir=%s%d/fs,upperdir=%s%d/fs,workdir=%s%d/work%n"
                  + "%d 30 0:4 net:[%d] /run/docker/netns/%s rw shared:%d - nsfs nsfs rw%n",
              1000 + 2 * i,
              80 + i,
              id,
              400 + i,
              layers,
              53 + i,
              layers,
              900 + i,
              layers,
              900 + i,
              1001 + 2 * i,
              4026532000L + i,
              id.substring(0, 12),
              900 + i));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return folder.getFileName().toString().replace("/", ""); // which some jars' folders end in
  }
}
