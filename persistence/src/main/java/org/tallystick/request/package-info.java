/** Stored replies to requests. */
@NullMarked
package org.tallystick.request;

import org.jspecify.annotations.NullMarked;
