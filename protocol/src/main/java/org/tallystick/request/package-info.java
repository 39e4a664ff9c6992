/** Sealed requests: what a device asks of the bank for itself, and the reply. */
@NullMarked
package org.tallystick.request;

import org.jspecify.annotations.NullMarked;
