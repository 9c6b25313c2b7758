// What Cucumber's language service, which VS Code's extension is made of, knows of the glue and says of the features.
// Arguments: the folder of its package, the folder of the glue, the folder of the features. Prints JSON.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const [installed, glue, features] = process.argv.slice(2)
const require = createRequire(resolve(installed, 'package.json'))
const { ExpressionBuilder, getGherkinDiagnostics, getGherkinFormattingEdits } = require('@cucumber/language-service')
const { WasmParserAdapter } = require('@cucumber/language-service/wasm')

const read = (folder, ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).sort()
  .map((name) => ({ uri: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }))

const adapter = new WasmParserAdapter(resolve(installed, 'node_modules/@cucumber/language-service/dist'))
await adapter.init()
const known = new ExpressionBuilder(adapter)
  .build(read(glue, '.java').map((source) => ({ languageName: 'java', ...source })), [])
const expressions = known.expressionLinks.map((link) => link.expression)
const files = read(features, '.feature')

console.log(JSON.stringify({
  steps: expressions.map((expression) => expression.source).sort(),
  parameters: known.parameterTypeLinks.map((link) => link.parameterType.name).sort(),
  errors: known.errors.map(String),
  findings: files.flatMap(({ uri, content }) => getGherkinDiagnostics(content, expressions)
    .map((finding) => `${uri}:${finding.range.start.line + 1}: ${finding.message}`)),
  formatted: Object.fromEntries(files.map(({ uri, content }) => [uri, getGherkinFormattingEdits(content)[0].newText])),
}))
