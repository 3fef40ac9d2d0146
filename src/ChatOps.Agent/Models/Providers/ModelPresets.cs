namespace ChatOps.Agent.Models.Providers;

/// <summary>The providers that need no more than a key and a model's name.</summary>
internal static class ModelPresets
{
    private const string NewMaxTokens = "max_completion_tokens";

    /// <summary>All of them. A service that is not here works as <c>openai</c> with its <c>BaseUrl</c>.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        new("openai", "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", 128_000) { MaxTokensField = NewMaxTokens },
        new("anthropic", "Anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY", 200_000) { Format = WireFormat.Anthropic, Keys = KeyStyle.AnthropicKey },
        new("azure", "Azure OpenAI", null, "AZURE_OPENAI_API_KEY", 128_000)
        {
            Keys = KeyStyle.AzureKey, NeedsKey = false, MaxTokensField = NewMaxTokens, Example = "https://NAME.openai.azure.com/openai/v1",
        },
        new("ollama", "Ollama", "http://127.0.0.1:11434/v1", "OLLAMA_API_KEY", 4_096) { NeedsKey = false, IsFree = true },
        new("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", 128_000),
        new("groq", "Groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", 128_000),
        new("gemini", "Google Gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY", 1_000_000),
        new("deepseek", "DeepSeek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", 64_000),
        new("cerebras", "Cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY", 64_000),
        new("vllm", "vLLM", "http://127.0.0.1:8000/v1", "VLLM_API_KEY", 8_192) { NeedsKey = false, IsFree = true },
        new("zhipu", "Zhipu", "https://open.bigmodel.cn/api/paas/v4", "ZHIPU_API_KEY", 128_000),
        new("qwen", "Qwen", "https://dashscope.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY", 32_000),
        new("moonshot", "Moonshot", "https://api.moonshot.cn/v1", "MOONSHOT_API_KEY", 128_000),
        new("nvidia", "NVIDIA NIM", "https://integrate.api.nvidia.com/v1", "NVIDIA_API_KEY", 32_000),
        new("volcengine", "Volcengine Ark", "https://ark.cn-beijing.volces.com/api/v3", "ARK_API_KEY", 32_000),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>The preset of a name, in capitals or not; null for an unknown one.</summary>
    public static ModelPreset? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The preset of an entry whose options were checked.</summary>
    public static ModelPreset Of(ModelOptions entry) => Find(entry.Provider) ?? throw new InvalidOperationException($"There is no provider '{entry.Provider}'.");
}
