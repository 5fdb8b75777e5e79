/**
 * Networks: a {@link dev.wsss.api.network.Backbone} and a {@link dev.wsss.api.network.CamHead} make
 * a {@link dev.wsss.api.network.CamNetwork}, which runs as student and as teacher; a backbone and a
 * {@link dev.wsss.api.network.SegmentationHead} make a {@link
 * dev.wsss.api.network.SegmentationNetwork}, which learns from masks.
 */
@NullMarked
package dev.wsss.api.network;

import org.jspecify.annotations.NullMarked;
