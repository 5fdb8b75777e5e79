/**
 * Networks: a {@link dev.wsss.api.network.Backbone} and a {@link dev.wsss.api.network.CamHead} make
 * a {@link dev.wsss.api.network.CamNetwork}, which runs as student and as teacher.
 */
@NullMarked
package dev.wsss.api.network;

import org.jspecify.annotations.NullMarked;
