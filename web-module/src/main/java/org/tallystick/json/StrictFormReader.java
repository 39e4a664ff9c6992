package org.tallystick.json;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Gives resources their form as {@link StrictForm}. */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class StrictFormReader implements MessageBodyReader<StrictForm> {
  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == StrictForm.class;
  }

  @Override
  public StrictForm readFrom(
      Class<StrictForm> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return StrictForm.read(body);
  }
}
