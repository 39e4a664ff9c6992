/** What a bank's app on a phone or a till is built with. */
@NullMarked
package org.tallystick.device;

import org.jspecify.annotations.NullMarked;
