/** Where partner banks' programs say of which events they want to be told. */
@NullMarked
package org.tallystick.webhook;

import org.jspecify.annotations.NullMarked;
