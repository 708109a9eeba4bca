/** What people may demand: to see what is stored about them, and to have it erased; and the record of who looked at it. */
@NullMarked
package io.github.consentbridge.sync.rights;

import org.jspecify.annotations.NullMarked;
