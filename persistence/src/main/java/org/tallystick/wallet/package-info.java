/** What a party can pay with. */
@NullMarked
package org.tallystick.wallet;

import org.jspecify.annotations.NullMarked;
