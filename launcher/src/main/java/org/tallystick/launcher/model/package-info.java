/** The protocol's models, searched whole by Spin, with each guard and without it. */
@NullMarked
package org.tallystick.launcher.model;

import org.jspecify.annotations.NullMarked;
