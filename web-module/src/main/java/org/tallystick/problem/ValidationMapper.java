package org.tallystick.problem;

import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Stands before the server's own mapper of the same exception, which would show class names. */
@Provider
public class ValidationMapper implements ExceptionMapper<ValidationException> {
  @Override
  public Response toResponse(ValidationException thrown) {
    return Problem.BAD_REQUEST.response();
  }
}
