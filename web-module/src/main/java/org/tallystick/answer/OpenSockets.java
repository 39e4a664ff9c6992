package org.tallystick.answer;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sockets of this node: bounded in number, and pinged, so that a silent device that is there
 * keeps its socket and one that is gone loses it.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenSockets {
  private static final Logger LOG = System.getLogger(OpenSockets.class.getName());
  private static final int MAX_SOCKETS = 10_000;

  private final Set<Session> open = ConcurrentHashMap.newKeySet();

  /** Takes a socket in; false where there are too many. */
  public boolean add(Session session) {
    return open.size() < MAX_SOCKETS && open.add(session);
  }

  /** Forgets a socket. */
  public void remove(Session session) {
    open.remove(session);
  }

  /** Pings all. */
  @Schedule(hour = "*", minute = "*", second = "*/40", persistent = false)
  public void ping() {
    for (Session session : List.copyOf(open)) {
      try {
        session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.DEBUG, "a socket is gone", e);
        open.remove(session);
      }
    }
  }
}
