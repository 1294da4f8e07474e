package dev.shiplog.transport.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  private static final String PASSWORD = "marked-password";
  private static final String RSA = "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out a";
  private static final String EC = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out a";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.pem"), text);
  }

  private void openSsl(String command) throws IOException, InterruptedException {
    OpenSsl.run(folder, command.split(" "));
  }

  private PrivateKey key(String file, @Nullable String password) throws PemException {
    return Pem.privateKey(folder.resolve(file), password == null ? null : password.toCharArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {RSA, EC})
  void openKey_isReadInEveryFormOpenSslHas(String generate) throws Exception {
    openSsl(generate);
    openSsl("pkey -in a -traditional -out b");
    assertThat(Files.readString(folder.resolve("b")))
        .contains(generate.equals(RSA) ? "BEGIN RSA PRIVATE KEY" : "BEGIN EC PRIVATE KEY");

    PrivateKey key = key("a", null);
    assertThat(key).isInstanceOfAny(RSAPrivateKey.class, ECPrivateKey.class);
    assertSame(key("b", null), key);
    assertSame(key("b", PASSWORD), key); // a password too many
  }

  /** The encodings may differ: SEC 1 repeats the curve. */
  private static void assertSame(PrivateKey one, PrivateKey other) {
    if (one instanceof ECPrivateKey ec) {
      assertThat(ec.getS()).isEqualTo(((ECPrivateKey) other).getS());
      assertThat(ec.getParams()).isEqualTo(((ECPrivateKey) other).getParams());
    } else {
      assertThat(one).isEqualTo(other);
    }
  }

  @Test
  void keyBehindItsCurve_isFound() throws Exception {
    openSsl("ecparam -name secp384r1 -genkey -out a");
    assertThat(Files.readString(folder.resolve("a"))).startsWith("-----BEGIN EC PARAMETERS");
    assertThat(key("a", null).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void ed25519Key_isRead() throws Exception {
    openSsl("genpkey -algorithm ed25519 -out a");
    assertThat(key("a", null).getAlgorithm()).isEqualTo("EdDSA");
  }

  static Stream<Arguments> encryptions() {
    return Stream.of(
            "pkcs8 -topk8 -v2 aes-256-cbc",
            "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA512",
            "pkcs8 -topk8 -v1 PBE-SHA1-3DES",
            "pkey -traditional -aes256",
            "pkey -traditional -aes128",
            "pkey -traditional -des3")
        .flatMap(form -> Stream.of(Arguments.of(RSA, form), Arguments.of(EC, form)));
  }

  @ParameterizedTest
  @MethodSource("encryptions")
  void encryptedKey_opensWithItsPasswordAlone(String generate, String encrypt) throws Exception {
    openSsl(generate);
    openSsl(encrypt + " -in a -out b -passout pass:" + PASSWORD);
    assertThat(Files.readString(folder.resolve("b"))).contains("ENCRYPTED");

    assertSame(key("b", PASSWORD), key("a", null));
    assertThatThrownBy(() -> key("b", "another-password"))
        .isInstanceOf(PemException.class)
        .hasMessage("holds a private key that the password does not open");
    assertThatThrownBy(() -> key("b", null))
        .isInstanceOf(PemException.class)
        .hasMessage("holds an encrypted private key, and no password is set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8 -topk8 -scrypt", "pkey -traditional -camellia256"})
  void keyInAFormNotKnown_isToldWithTheCommandThatConvertsIt(String encrypt) throws Exception {
    openSsl(RSA);
    openSsl(encrypt + " -in a -out b -passout pass:" + PASSWORD);

    assertThatThrownBy(() -> key("b", PASSWORD))
        .isInstanceOf(PemException.class)
        .hasMessageContaining("encrypted in a way not known here; convert it with: openssl pkcs8")
        .hasMessageNotContaining(PASSWORD);
    openSsl(
        "pkcs8 -topk8 -v2 aes-256-cbc -in b -out c -passin pass:a -passout pass:b"
            .replace("pass:a", "pass:" + PASSWORD));
    assertSame(key("c", "b"), key("a", null));
  }

  @Test
  void bundle_isReadWithAllThatStandsBetweenItsCertificates() throws Exception {
    TestAuthority one = TestAuthority.create();
    TestAuthority other = TestAuthority.create();
    Path bundle =
        file(
            "# our authorities\r\n\r\nSubject: CN = one\r\n"
                + one.pem().replace("\n", "\r\n")
                + "\n=====\n\u00e9\n"
                + one.issue("a").keyPem()
                + "   "
                + other.pem());

    assertThat(Pem.certificates(bundle)).containsExactly(one.certificate(), other.certificate());
    assertThat(Pem.privateKey(bundle, null).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void wrongFile_isToldByWhatIsWrong() throws Exception {
    assertWrong(folder.resolve("none"), "does not exist");
    assertWrong(folder, "is a folder");
    assertWrong(file(""), "holds no certificate (BEGIN CERTIFICATE)");
    assertWrong(file("marked"), "holds no certificate (BEGIN CERTIFICATE)");
    assertWrong(
        file("-----BEGIN CERTIFICATE-----\nmarked"), "ends within a block of type CERTIFICATE");
    assertWrong(
        file("-----BEGIN CERTIFICATE-----\n*marked*\n-----END CERTIFICATE-----"),
        "holds a block of type CERTIFICATE that is no base64");
    assertWrong(
        file("-----BEGIN CERTIFICATE-----\nmarked==\n-----END CERTIFICATE-----"),
        "certificate 1 in it is damaged");
    assertThatThrownBy(() -> Pem.privateKey(file(TestAuthority.create().pem()), null))
        .hasMessage("holds no private key (BEGIN PRIVATE KEY)");
  }

  private static void assertWrong(Path file, String what) {
    assertThatThrownBy(() -> Pem.certificates(file))
        .isInstanceOf(PemException.class)
        .hasMessage(what);
  }

  /** Whatever is done to a key, it is read or refused in our words, and never shown. */
  @Test
  void damagedKey_isRefusedInOurWords() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (String type :
        new String[] {
          "PRIVATE KEY",
          "RSA PRIVATE KEY",
          "EC PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY",
          "DSA PRIVATE KEY"
        }) {
      String whole = TestAuthority.create().issue("a").keyPem().replace("PRIVATE KEY", type);
      for (int i = 0; i < 100; i++) {
        StringBuilder text = new StringBuilder(whole);
        int at = whole.indexOf('\n') + 1 + random.nextInt(64);
        if (i > 0) {
          text.setCharAt(at, "ABCDwxyz0189+/".charAt(random.nextInt(14)));
        }
        Path file = file(text.toString());
        try {
          assertThat(Pem.privateKey(file, PASSWORD.toCharArray())).isNotNull();
        } catch (PemException e) {
          assertThat(e).as("seed %s", seed).hasMessageNotContaining(PASSWORD);
        }
      }
    }
  }
}
