package org.tallystick.bench.stage.server;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Form {@code mdb}: every instance hands its message to the group and acknowledges (by returning)
 * once the group's transaction is committed. Deployed by descriptor, only in this form.
 */
public class GroupListener implements MessageListener {
  @Resource(lookup = StageSettings.DATA_SOURCE)
  private DataSource dataSource;

  private final boolean ackFirst =
      StageSettings.fromSystem().plant() == StageSettings.Plant.ACK_FIRST;

  /** For the server. */
  public GroupListener() {}

  @Override
  public void onMessage(Message message) {
    try {
      Half half = Half.parse(message.getBody(String.class));
      if (ackFirst) {
        StageBeans.group(dataSource).storeLater(half);
      } else {
        StageBeans.group(dataSource).store(half);
      }
    } catch (JMSException | SQLException e) {
      throw new EJBException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EJBException(e);
    }
  }
}
