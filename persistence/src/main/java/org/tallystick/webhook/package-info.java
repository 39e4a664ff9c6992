/** Where partner banks' programs are told of events, and what is to be told there. */
@NullMarked
package org.tallystick.webhook;

import org.jspecify.annotations.NullMarked;
