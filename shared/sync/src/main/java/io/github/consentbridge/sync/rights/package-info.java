/** What people may demand of whoever keeps their data: to see it, to have it erased; and the record of who looked at it. */
@NullMarked
package io.github.consentbridge.sync.rights;

import org.jspecify.annotations.NullMarked;
