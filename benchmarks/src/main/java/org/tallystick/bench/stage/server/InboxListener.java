package org.tallystick.bench.stage.server;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Form {@code inbox}, first part: every instance inserts its message into the inbox table and
 * acknowledges by returning. Deployed by descriptor, only in this form.
 */
public class InboxListener implements MessageListener {
  private static final String INSERT = "insert into inbox (message) values (?)";

  @Resource(lookup = StageSettings.DATA_SOURCE)
  private DataSource dataSource;

  private final boolean ackFirst =
      StageSettings.fromSystem().plant() == StageSettings.Plant.ACK_FIRST;

  /** For the server. */
  public InboxListener() {}

  @Override
  public void onMessage(Message message) {
    try {
      String text = Half.parse(message.getBody(String.class)).text();
      if (ackFirst) {
        Thread thread = new Thread(() -> insert(text));
        thread.setDaemon(true);
        thread.start();
      } else {
        insert(text);
      }
    } catch (JMSException e) {
      throw new EJBException(e);
    }
  }

  private void insert(String text) {
    try (Connection connection = new BatchWriter(dataSource).open()) {
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        statement.setString(1, text);
        statement.executeUpdate();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new EJBException(e);
    }
  }
}
