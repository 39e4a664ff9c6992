/** The application as one process: its server, its settings and its start. */
@NullMarked
package org.tallystick.micro;

import org.jspecify.annotations.NullMarked;
