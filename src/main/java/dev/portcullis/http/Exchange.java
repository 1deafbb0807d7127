/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.keys.WrongNameException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One call under way: how far it got, so that a failure can be told by its stage, and the watch
 * that ends it in time. For the thread that makes the call.
 */
final class Exchange implements AutoCloseable {

  private static final String ATTRIBUTE = Exchange.class.getName();
  private static final Pattern NOTHING_IN_COMMON =
      Pattern.compile(
          "protocol_version|insufficient_security|[Nn]o appropriate protocol|unrecognized SSL");

  private enum Phase {
    WAITING,
    CONNECTING,
    TO_PROXY,
    TUNNELLING,
    SECURING,
    SENDING
  }

  private final Deadline deadline;
  private final Watchdog watchdog;
  private final boolean showsCertificate;
  private final boolean wantsNewConnection;
  private Phase phase = Phase.WAITING;
  private Watchdog.@Nullable Watch watch;
  private @Nullable PooledConnection connection;
  private long receivedBefore;

  /**
   * Begins a call.
   *
   * @param showsCertificate whether a certificate of ours is shown to the peer
   * @param wantsNewConnection whether no connection that was used before will do
   */
  Exchange(
      Deadline deadline, Watchdog watchdog, boolean showsCertificate, boolean wantsNewConnection) {
    this.wantsNewConnection = wantsNewConnection;
    this.showsCertificate = showsCertificate;
    this.deadline = deadline;
    this.watchdog = watchdog;
  }

  void attachTo(HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  static Exchange of(HttpContext context) {
    if (context.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
      return exchange;
    }
    throw new IllegalStateException("not a call of this transport");
  }

  boolean wantsNewConnection() {
    return wantsNewConnection;
  }

  /** That time or what is left, whichever is less. */
  Duration atMost(Duration time) {
    Duration left = deadline.remaining();
    return left.compareTo(time) < 0 ? left : time;
  }

  /** As milliseconds for a socket or the library, where 0 would mean for ever. */
  static int millis(Duration time) {
    return (int) Math.max(1, Math.min(time.toMillis(), Integer.MAX_VALUE));
  }

  void connecting(boolean toProxy) {
    phase = toProxy ? Phase.TO_PROXY : Phase.CONNECTING;
  }

  void tunnelling(Socket socket, Duration timeout) {
    phase = Phase.TUNNELLING;
    guard(socket, timeout);
  }

  void securing(Socket socket, Duration timeout) {
    phase = Phase.SECURING;
    guard(socket, timeout);
  }

  void sending(PooledConnection over, Duration timeout, Patience patience) throws IOException {
    phase = Phase.SENDING;
    connection = over;
    receivedBefore = over.received();
    if (receivedBefore == 0) {
      guard(over.rawSocket(), timeout);
      return;
    }
    close();
    Duration time = atMost(timeout);
    Socket socket = over.rawSocket();
    watch =
        watchdog.watch(socket, time, patience.atMost(time), () -> over.received() > receivedBefore);
    deadline.guard(() -> Watchdog.abort(socket));
  }

  private void guard(Socket socket, Duration timeout) {
    close();
    watch = watchdog.watch(socket, atMost(timeout));
    deadline.guard(() -> Watchdog.abort(socket));
  }

  /** Ends the connection at once, whatever the peer still has to say. */
  void abort() {
    if (connection != null) {
      connection.close(CloseMode.IMMEDIATE);
    }
  }

  /** Whether the answer came to its end within the time. */
  boolean isInTime() {
    return watch == null || !watch.hasExpired();
  }

  /** The failure as others see it: by its stage, without what was received. */
  TransportException failure(Exception cause) {
    if (cause instanceof ProxyException e) {
      return new TransportException(e.stage(), words(e.stage()) + " (" + e.getMessage() + ")");
    }
    Stage stage = stage(cause);
    if (stage == Stage.UNREACHED) {
      return new TransportException(stage, words(stage) + " (it did not answer CONNECT in time)");
    }
    String text = words(stage) + " (" + cause.getClass().getSimpleName();
    boolean isSent = phase == Phase.SENDING;
    return switch (stage) {
      case CONNECT, PROXY, TLS, REFUSED, UNTRUSTED, WRONG_NAME ->
          new TransportException(stage, text + ": " + cause.getMessage() + ")", isSent, cause);
      default -> new TransportException(stage, text + ")", isSent, null);
    };
  }

  private static String words(Stage stage) {
    return switch (stage) {
      case NOT_SENT -> "no connection became free in time";
      case CONNECT -> "no connection";
      case PROXY -> "the proxy is of no use";
      case PROXY_CREDENTIALS -> "the proxy refuses the credentials for it";
      case PROXY_REFUSED -> "the proxy refuses to connect to there";
      case UNREACHED -> "no connection through the proxy";
      case TLS -> "no TLS connection";
      case REFUSED -> "our certificate seems to be refused";
      case UNTRUSTED -> "the certificate is not trusted";
      case WRONG_NAME -> "the certificate is for another host";
      case STALE -> "the connection was not usable any more";
      case NO_ANSWER -> "the connection ended before an answer";
      case TIMEOUT -> "no complete answer in time";
      case BROKEN -> "the answer is no HTTP or did not end";
      case TOO_LARGE -> "the answer is too large";
    };
  }

  private Stage stage(Exception cause) {
    boolean late = !isInTime() || deadline.hasPassed() || cause instanceof SocketTimeoutException;
    return switch (phase) {
      case WAITING -> Stage.NOT_SENT;
      case CONNECTING -> Stage.CONNECT;
      case TO_PROXY -> Stage.PROXY;
      case TUNNELLING -> late ? Stage.UNREACHED : Stage.PROXY;
      case SECURING -> late ? Stage.CONNECT : tls(cause);
      case SENDING -> isStale() ? stale() : late ? Stage.TIMEOUT : unanswered(cause);
    };
  }

  /** Our own verdict on the certificate is the cause if there is one. */
  private Stage tls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof WrongNameException || cause instanceof SSLPeerUnverifiedException) {
        return Stage.WRONG_NAME;
      }
      if (cause instanceof CertificateException) {
        return Stage.UNTRUSTED;
      }
    }
    boolean isRefused =
        showsCertificate && !NOTHING_IN_COMMON.matcher(String.valueOf(failure.getMessage())).find();
    return isRefused ? Stage.REFUSED : Stage.TLS;
  }

  /** Whether a connection that was used before gave no octet, and there is time for another. */
  private boolean isStale() {
    return connection != null
        && receivedBefore > 0
        && connection.received() == receivedBefore
        && !deadline.hasPassed();
  }

  private Stage stale() {
    if (connection != null) {
      connection.endVintage();
    }
    return Stage.STALE;
  }

  private Stage unanswered(Exception cause) {
    if (connection != null && connection.received() > receivedBefore) {
      return Stage.BROKEN;
    }
    // In TLS 1.3 a server looks at our certificate when for us the handshake is over.
    if (showsCertificate && receivedBefore == 0) {
      return Stage.REFUSED;
    }
    return cause instanceof SSLException ? Stage.TLS : Stage.NO_ANSWER;
  }

  /** Ends the watch. */
  @Override
  public void close() {
    deadline.unguard();
    if (watch != null) {
      watch.close();
    }
  }
}
