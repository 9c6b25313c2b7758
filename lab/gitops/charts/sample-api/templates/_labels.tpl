{{- define "sample-api.selector" -}}
app.kubernetes.io/name: sample-api
{{- end }}

{{- define "sample-api.labels" -}}
{{ include "sample-api.selector" . }}
app.kubernetes.io/part-of: sample-api
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
