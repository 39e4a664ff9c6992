package org.tallystick.bench.stage.server;

import jakarta.annotation.Resource;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes a half with one durable send and answers 202; tells the stage's counters on GET. */
@WebServlet("/halves")
public class IngressServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_BODY_BYTES = 4096;

  @Resource(lookup = StageSettings.CONNECTION_FACTORY)
  private transient ConnectionFactory connectionFactory;

  /** For the server. */
  public IngressServlet() {
    super();
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    try {
      if (body.length > MAX_BODY_BYTES) {
        throw new IllegalArgumentException("too long");
      }
      String text = new String(body, StandardCharsets.UTF_8);
      Half.parse(text);
      ((SenderPool) getServletContext().getAttribute(SenderPool.ATTRIBUTE)).send(text);
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
    } catch (IllegalArgumentException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } catch (JMSException e) {
      log("the send failed", e);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    response.setContentLength(0);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response
        .getWriter()
        .print(
            BatchWriter.STORED.sum()
                + " "
                + BatchWriter.BATCHES.sum()
                + " "
                + BatchWriter.SINGLES.sum()
                + " "
                + BatchWriter.DELAY_MILLIS.sum()
                + " "
                + dead());
  }

  private int dead() {
    try (HalfSender sender = new HalfSender(connectionFactory)) {
      return sender.dead();
    } catch (JMSException e) {
      log("the dead-letter queue cannot be read", e);
      return -1;
    }
  }
}
