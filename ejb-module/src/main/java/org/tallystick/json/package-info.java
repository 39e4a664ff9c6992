/**
 * JSON that others have made for others too, read leniently in its members and strictly in form.
 */
@NullMarked
package org.tallystick.json;

import org.jspecify.annotations.NullMarked;
