package dev.shiplog.spring.accesslog;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The keys {@code shiplog.access-log.*}; a bean, as Spring binds it. */
@ConfigurationProperties("shiplog.access-log")
public class AccessLogProperties {
  /** How much of a client's address is told. */
  public enum Address {
    /** All of it. */
    FULL,
    /** Without the last 8 bits of an IPv4 address and the last 80 bits of an IPv6 address. */
    SHORTENED,
    /** Nothing. */
    NONE
  }

  /** Whether each request becomes an event of the logger access-log. */
  private boolean enabled;

  /** Path patterns, within the application, of requests that are not told, such as /actuator/**. */
  private List<String> exclude = new ArrayList<>();

  /** How much of the client's address is told. */
  private Address clientAddress = Address.FULL;

  /**
   * Networks, such as 10.0.0.0/8, whose Forwarded or X-Forwarded-For header is believed about the
   * client's address. None unless set.
   */
  private List<String> trustedProxies = new ArrayList<>();

  /** Names of query parameters whose values may be told; no other is. */
  private List<String> queryParameters = new ArrayList<>();

  /** Names of request headers that are told; no other is but User-Agent. */
  private List<String> requestHeaders = new ArrayList<>();

  /** Names of response headers that are told; no other is. */
  private List<String> responseHeaders = new ArrayList<>();

  /** For Spring. */
  public AccessLogProperties() {}

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public List<String> getExclude() {
    return exclude;
  }

  public void setExclude(List<String> exclude) {
    this.exclude = exclude;
  }

  public Address getClientAddress() {
    return clientAddress;
  }

  public void setClientAddress(Address clientAddress) {
    this.clientAddress = clientAddress;
  }

  public List<String> getTrustedProxies() {
    return trustedProxies;
  }

  public void setTrustedProxies(List<String> trustedProxies) {
    this.trustedProxies = trustedProxies;
  }

  public List<String> getQueryParameters() {
    return queryParameters;
  }

  public void setQueryParameters(List<String> queryParameters) {
    this.queryParameters = queryParameters;
  }

  public List<String> getRequestHeaders() {
    return requestHeaders;
  }

  public void setRequestHeaders(List<String> requestHeaders) {
    this.requestHeaders = requestHeaders;
  }

  public List<String> getResponseHeaders() {
    return responseHeaders;
  }

  public void setResponseHeaders(List<String> responseHeaders) {
    this.responseHeaders = responseHeaders;
  }
}
