/** A rectangle over the whole viewport, computed from the vertex index; row 0 of the map is at the top. */
export const VERTEX = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  at = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

/**
 * Maps raw values to colours as colourIndex in model/colour.ts does, and vectors as normalColour does. Missing values are
 * passed as MISSING, since shaders need not support NaN.
 */
export const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D values;
uniform sampler2D colours;
uniform vec2 range;
uniform bool flip;
uniform bool vector;
uniform vec4 missing;
in vec2 at;
out vec4 colour;
void main() {
  ivec2 size = textureSize(values, 0);
  vec3 pixel = texelFetch(values, min(ivec2(at * vec2(size)), size - 1), 0).rgb;
  float value = pixel.r;
  if (value < -3.0e38) {
    colour = vec4(missing.rgb * missing.a, missing.a);
    return;
  }
  if (vector) {
    colour = vec4(clamp((pixel + 1.0) / 2.0, 0.0, 1.0), 1.0);
    return;
  }
  float share = clamp((value - range.x) / (range.y - range.x), 0.0, 1.0);
  int index = min(255, int(floor((flip ? 1.0 - share : share) * 256.0)));
  colour = vec4(texelFetch(colours, ivec2(index, 0), 0).rgb, 1.0);
}`;

/** Represents NaN and infinities in textures. */
export const MISSING = -3.4e38;
