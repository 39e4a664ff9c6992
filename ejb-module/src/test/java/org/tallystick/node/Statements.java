package org.tallystick.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What this thread asks the database, statement by statement: each is a way there and back. */
public final class Statements {
  private static final ThreadLocal<List<String>> ASKED = ThreadLocal.withInitial(ArrayList::new);

  private Statements() {}

  /** The statements that this work prepares, in their order. */
  public static List<String> of(Runnable work) {
    ASKED.get().clear();
    work.run();
    return List.copyOf(ASKED.get());
  }

  /** The same database, whose connections write down what they prepare. */
  static DataSource noted(DataSource database) {
    return proxy(
        DataSource.class,
        database,
        (method, arguments, result) ->
            result instanceof Connection connection
                ? proxy(Connection.class, connection, Statements::note)
                : result);
  }

  private static Object note(Method method, Object[] arguments, Object result) {
    if (method.getName().startsWith("prepare")) {
      ASKED.get().add((String) arguments[0]);
    }
    return result;
  }

  /** Sees what a method was given, and what it answered. */
  private interface Seen {
    Object answer(Method method, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, T behind, Seen seen) {
    return type.cast(
        Proxy.newProxyInstance(
            Statements.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return seen.answer(method, arguments, method.invoke(behind, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
