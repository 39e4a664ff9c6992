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

/** Gives resources their body as {@link StrictJson}, no longer than its {@link BodyLimit}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJsonReader implements MessageBodyReader<StrictJson> {
  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == StrictJson.class;
  }

  @Override
  public StrictJson readFrom(
      Class<StrictJson> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return StrictJson.read(body, limit(annotations));
  }

  private static int limit(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof BodyLimit limit) {
        return limit.value();
      }
    }
    return StrictJson.DEFAULT_LIMIT_BYTES;
  }
}
