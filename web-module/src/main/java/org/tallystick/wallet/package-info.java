/** The eWallet over HTTP. */
@NullMarked
package org.tallystick.wallet;

import org.jspecify.annotations.NullMarked;
