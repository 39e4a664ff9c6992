package org.tallystick.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The HTTP interface: every resource of every feature lives below {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class ApiApplication extends Application {}
