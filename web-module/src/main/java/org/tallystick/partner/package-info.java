/** Partner banks over HTTP: their programs, access tokens, and what programs may ask. */
@NullMarked
package org.tallystick.partner;

import org.jspecify.annotations.NullMarked;
