// Runs a model in the form --masks on a picture in WebAssembly, as a browser does, and compares
// the class index of every pixel with a mask that was made elsewhere:
//   node masks.mjs model-masks.onnx picture.png mask.png
// Ends with 1 where fewer than 99.9 % of the pixels are equal.
import {readFileSync} from 'node:fs';
import {decode} from 'fast-png';
import * as ort from 'onnxruntime-web';

const LEAST_EQUAL = 0.999;

/** RGB 0…255 as float32 1×3×H×W. */
function pixels(picture) {
  const {width, height, channels, data} = picture;
  const planes = new Float32Array(3 * width * height);
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < 3; c++) {
      planes[c * width * height + p] = data[channels * p + (channels < 3 ? 0 : c)];
    }
  }
  return new ort.Tensor('float32', planes, [1, 3, height, width]);
}

const [modelFile, pictureFile, maskFile] = process.argv.slice(2);
if (!maskFile) {
  console.error('usage: node masks.mjs model-masks.onnx picture.png mask.png');
  process.exit(2);
}
const session = await ort.InferenceSession.create(readFileSync(modelFile));
const picture = decode(readFileSync(pictureFile));
const mask = decode(readFileSync(maskFile));
if (mask.width !== picture.width || mask.height !== picture.height) {
  console.error(`mask ${mask.width}×${mask.height}, picture ${picture.width}×${picture.height}`);
  process.exit(1);
}
const classes = session.inputMetadata.find((input) => input.name === 'labels').shape[1];
// −1: the probability of each class decides whether it is there.
const labels = new ort.Tensor('float32', new Float32Array(classes).fill(-1), [1, classes]);
const {masks} = await session.run({pixels: pixels(picture), labels});
let equal = 0;
for (let p = 0; p < mask.data.length; p++) {
  equal += mask.data[p] === masks.data[p] ? 1 : 0;
}
const found = [...new Set(masks.data)].sort((a, b) => a - b);
const share = equal / mask.data.length;
console.log(`${(100 * share).toFixed(3)} % of ${mask.data.length} pixels equal; classes ${found}`);
process.exit(share >= LEAST_EQUAL ? 0 : 1);
