/** Stored replies to requests, and the memory of rekeys. */
@NullMarked
package org.tallystick.request;

import org.jspecify.annotations.NullMarked;
