import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/page.tsx';

/** What a Hugging Face folder is, and how to come by one without a network here. */
export function NoModels({ onImport }: { readonly onImport: () => void }) {
  return (
    <div className="no-models" data-region="Models">
      <EmptyState
        icon="model"
        title="No models yet"
        action={
          <Button look="primary" icon="upload" onClick={onImport}>
            Import a folder
          </Button>
        }
      >
        A pretrained text encoder comes as a Hugging Face folder. Drop one on this page, or pick it. It is copied; your
        files stay as they are.
      </EmptyState>
      <div className="no-models-how">
        <section>
          <h3>What is in the folder</h3>
          <dl>
            <div>
              <dt>config.json</dt>
              <dd>family and sizes: BERT, DistilBERT, RoBERTa, XLM-RoBERTa or CamemBERT</dd>
            </div>
            <div>
              <dt>model.safetensors</dt>
              <dd>the weights, in F32, F16 or BF16</dd>
            </div>
            <div>
              <dt>tokenizer.json</dt>
              <dd>or vocab.txt: how texts become tokens</dd>
            </div>
          </dl>
        </section>
        <section>
          <h3>How to get one offline</h3>
          <p>On any machine that has the model, save it with Python and carry the folder here:</p>
          <pre>
            {`from transformers import AutoModel, AutoTokenizer
name = "sentence-transformers/all-MiniLM-L6-v2"
AutoModel.from_pretrained(name).save_pretrained("minilm")
AutoTokenizer.from_pretrained(name).save_pretrained("minilm")`}
          </pre>
          <p>
            A folder of the Hugging Face cache (<code>snapshots/…</code>) works too. Pickles such as{' '}
            <code>pytorch_model.bin</code> are never read, since they can run any code when they are opened.
          </p>
        </section>
      </div>
    </div>
  );
}
