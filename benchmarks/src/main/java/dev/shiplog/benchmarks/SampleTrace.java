package dev.shiplog.benchmarks;

/**
 * A failure as a web application sees it: 42 frames are printed, 35 of the outer exception and 7 of
 * its cause, which shares the other 34 with it. Each is thrown anew, as in life.
 */
final class SampleTrace {
  private static final String[] SHARED = {
    "dev.shiplog.gallery.domain.PaintingService.find(PaintingService.java:88)",
    "dev.shiplog.gallery.web.PaintingController.show(PaintingController.java:52)",
    "dev.shiplog.gallery.web.Routes.traced(Routes.java:61)",
    "dev.shiplog.gallery.web.Routes.lambda$1(Routes.java:38)",
    "io.javalin.router.Endpoint.handle(Endpoint.kt:52)",
    "io.javalin.router.ParsedEndpoint.handle(ParsedEndpoint.kt:15)",
    "io.javalin.http.servlet.DefaultTasks.lambda$HTTP$7(DefaultTasks.kt:52)",
    "io.javalin.http.servlet.JavalinServlet.handleTask(JavalinServlet.kt:99)",
    "io.javalin.http.servlet.JavalinServlet.handleSync(JavalinServlet.kt:64)",
    "io.javalin.http.servlet.JavalinServlet.handle(JavalinServlet.kt:50)",
    "io.javalin.http.servlet.JavalinServlet.service(JavalinServlet.kt:30)",
    "jakarta.servlet.http.HttpServlet.service(HttpServlet.java:587)",
    "io.javalin.jetty.JettyServlet.service(JettyServlet.kt:52)",
    "jakarta.servlet.http.HttpServlet.service(HttpServlet.java:587)",
    "org.eclipse.jetty.servlet.ServletHolder.handle(ServletHolder.java:764)",
    "org.eclipse.jetty.servlet.ServletHandler.doHandle(ServletHandler.java:529)",
    "org.eclipse.jetty.server.handler.ScopedHandler.nextHandle(ScopedHandler.java:221)",
    "org.eclipse.jetty.server.session.SessionHandler.doHandle(SessionHandler.java:1580)",
    "org.eclipse.jetty.server.handler.ContextHandler.doHandle(ContextHandler.java:1384)",
    "org.eclipse.jetty.servlet.ServletHandler.doScope(ServletHandler.java:484)",
    "org.eclipse.jetty.server.handler.ScopedHandler.handle(ScopedHandler.java:141)",
    "org.eclipse.jetty.server.handler.HandlerWrapper.handle(HandlerWrapper.java:122)",
    "org.eclipse.jetty.server.handler.GzipHandler.handle(GzipHandler.java:173)",
    "org.eclipse.jetty.server.handler.HandlerWrapper.handle(HandlerWrapper.java:122)",
    "org.eclipse.jetty.server.Server.handle(Server.java:563)",
    "org.eclipse.jetty.server.HttpChannel.dispatch(HttpChannel.java:753)",
    "org.eclipse.jetty.server.HttpChannel.handle(HttpChannel.java:501)",
    "org.eclipse.jetty.server.HttpConnection.onFillable(HttpConnection.java:287)",
    "org.eclipse.jetty.io.FillInterest.fillable(FillInterest.java:105)",
    "org.eclipse.jetty.io.ChannelEndPoint$1.run(ChannelEndPoint.java:53)",
    "org.eclipse.jetty.util.thread.Invocable.run(Invocable.java:98)",
    "org.eclipse.jetty.util.thread.Pool.runJob(Pool.java:969)",
    "org.eclipse.jetty.util.thread.Pool$Runner.run(Pool.java:1194)",
    "java.lang.Thread.run(Thread.java:1583)",
  };
  private static final String[] OUTER = {
    "dev.shiplog.gallery.domain.PaintingService.unavailable(PaintingService.java:131)",
  };
  private static final String[] CAUSE = {
    "org.postgresql.core.v3.QueryExecutorImpl.receiveError(QueryExecutorImpl.java:2733)",
    "org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:372)",
    "org.postgresql.jdbc.PgStatement.executeInternal(PgStatement.java:517)",
    "org.postgresql.jdbc.PgStatement.executeQuery(PgStatement.java:137)",
    "com.zaxxer.hikari.pool.ProxyStatement.query(ProxyStatement.java:52)",
    "dev.shiplog.gallery.domain.PaintingRepository.load(PaintingRepository.java:64)",
    "dev.shiplog.gallery.domain.PaintingService.lookUp(PaintingService.java:109)",
  };

  private SampleTrace() {}

  static Throwable failure() {
    Throwable cause = new IllegalArgumentException("relation \"paintings\" has no row 4711");
    cause.setStackTrace(trace(CAUSE));
    Throwable outer = new IllegalStateException("painting 4711 cannot be shown", cause);
    outer.setStackTrace(trace(OUTER));
    return outer;
  }

  private static StackTraceElement[] trace(String[] own) {
    StackTraceElement[] frames = new StackTraceElement[own.length + SHARED.length];
    for (int i = 0; i < own.length; i++) {
      frames[i] = frame(own[i]);
    }
    for (int i = 0; i < SHARED.length; i++) {
      frames[own.length + i] = frame(SHARED[i]);
    }
    return frames;
  }

  /**
   * The frame that prints as {@code text}: {@code package.Class.method(File.java:line)}. It is a
   * new one with the strings that every such frame shares, as the JVM makes them.
   */
  private static StackTraceElement frame(String text) {
    int open = text.indexOf('(');
    int colon = text.indexOf(':', open);
    int dot = text.lastIndexOf('.', open);
    return new StackTraceElement(
        text.substring(0, dot).intern(),
        text.substring(dot + 1, open).intern(),
        text.substring(open + 1, colon).intern(),
        Integer.parseInt(text, colon + 1, text.length() - 1, 10));
  }
}
