import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyBert } from './tinyBert.js';

/** Word pieces of our own: the marks that BERT knows, then what the pages' sentences are made of. */
const PIECES = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'],
  ...[
    'the',
    'a',
    'small',
    'old',
    'grey',
    'cat',
    'dog',
    'horse',
    'sleeps',
    'runs',
    'eats',
    'under',
    'over',
    'near',
    'big',
    'tree',
  ],
  ...['house', 'river', 'and', 'then', 'slowly', 'home', 'walk', '##s', '##ed', '.'],
];
const SPECIAL = 5;

/**
 * Writes `tiny-bert/` into a folder, in the shape in which transformers.js looks for a local model: config.json, tokenizer.json,
 * tokenizer_config.json and onnx/model.onnx. https://huggingface.co/docs/transformers.js/custom_usage
 * @param folder which `env.localModelPath` is to lead to
 * @returns path of the ONNX file
 */
export async function writeTextModel(folder: string, cacheFolder: string): Promise<string> {
  const { path } = await tinyBert.write(cacheFolder);
  const model = join(folder, 'tiny-bert');
  const onnx = join(model, 'onnx', 'model.onnx');
  await mkdir(join(model, 'onnx'), { recursive: true });
  await copyFile(path, onnx);
  const files = { 'config.json': CONFIG, 'tokenizer.json': TOKENIZER, 'tokenizer_config.json': TOKENIZER_CONFIG };
  for (const [name, content] of Object.entries(files)) await writeFile(join(model, name), JSON.stringify(content));
  return onnx;
}

const CONFIG = {
  architectures: ['BertModel'],
  model_type: 'bert',
  hidden_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 1024,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  vocab_size: 30_522,
};

const TOKENIZER_CONFIG = { tokenizer_class: 'BertTokenizer', do_lower_case: true, model_max_length: 512 };

const mark = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
const sentence = (id: string, type_id: number) => ({ Sequence: { id, type_id } });

/** As Hugging Face's tokenizers write it. */
const TOKENIZER = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: PIECES.slice(0, SPECIAL).map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [mark('[CLS]', 0), sentence('A', 0), mark('[SEP]', 0)],
    pair: [mark('[CLS]', 0), sentence('A', 0), mark('[SEP]', 0), sentence('B', 1), mark('[SEP]', 1)],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(PIECES.map((piece, id) => [piece, id])),
  },
};
