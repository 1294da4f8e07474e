package dev.shiplog.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges an endpoint's certificate as the JDK does, and says in so many words what is wrong with
 * it. Stricter in one point: the JDK does not look at the dates of a certificate that is itself
 * among the trusted ones. Safe for any thread.
 */
final class PeerCheck extends X509ExtendedTrustManager {
  /** The kinds of alternative names that name hosts: DNS names and addresses. */
  private static final Set<Object> HOSTS = Set.of(2, 7);

  private static final int SHOWN_NAMES = 5;
  private static final int SHOWN_CHARACTERS = 300;

  private final X509ExtendedTrustManager judge;

  PeerCheck(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** Why a certificate was refused. */
  static final class Refused extends CertificateException {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    Refused(Fault fault, String detail) {
      super(detail);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkDates(chain[0]);
    try {
      judge.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      // without the engine there is no host to compare with: what is wrong then is the trust
      if (isTrusted(chain, authType)) {
        throw wrongHost(chain[0], engine);
      }
      // only now: what a stranger sends along may be old, and not needed
      for (X509Certificate certificate : chain) {
        checkDates(certificate);
      }
      throw untrusted(chain, e);
    }
  }

  private static void checkDates(X509Certificate certificate) throws Refused {
    String name = "its certificate " + name(certificate);
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new Refused(
          Fault.CERTIFICATE_EXPIRED, name + " expired on " + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      throw new Refused(
          Fault.CERTIFICATE_EXPIRED,
          name + " is not valid before " + certificate.getNotBefore().toInstant());
    }
  }

  private boolean isTrusted(X509Certificate[] chain, String authType) {
    try {
      judge.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static Refused wrongHost(X509Certificate certificate, SSLEngine engine) {
    List<String> names = names(certificate);
    return new Refused(
        Fault.WRONG_HOST,
        "its certificate is "
            + (names.isEmpty() ? "without a host name" : "for " + String.join(", ", names))
            + ", not for "
            + engine.getPeerHost());
  }

  private static Refused untrusted(X509Certificate[] chain, CertificateException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return new Refused(
        Fault.CERTIFICATE_UNTRUSTED,
        "its certificate "
            + name(chain[0])
            + " is not trusted, issued by "
            + cleaned(chain[chain.length - 1].getIssuerX500Principal().getName())
            + ": "
            + cleaned(String.valueOf(deepest.getMessage())));
  }

  private static String name(X509Certificate certificate) {
    return cleaned(certificate.getSubjectX500Principal().getName());
  }

  /** The first few hosts that it is for. */
  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> one : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (HOSTS.contains(one.get(0)) && names.size() < SHOWN_NAMES) {
          names.add(cleaned(String.valueOf(one.get(1))));
        }
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read");
    }
    return names;
  }

  /** One line of text, however hostile the stranger who wrote it. */
  static String cleaned(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no sockets here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no host to compare with");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no server here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
