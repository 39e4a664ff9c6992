/**
 * Partner banks' programs are told what happened: where, of what, and by which rules of sending.
 */
@NullMarked
package org.tallystick.webhook;

import org.jspecify.annotations.NullMarked;
