using System.Diagnostics;
using System.Net.Http.Headers;

namespace ChatOps.Benchmarks.Agent;

/// <summary>Waits on the live events of a conversation for the first streamed word of an answer.</summary>
internal static class FirstWords
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Asks, and says how long after the model had sent its first word that word came.</summary>
    public static async Task<double> AskAsync(string url, string key, InstantModel model, string conversation)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var http = new HttpClient { BaseAddress = new Uri(url), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{conversation}/events");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("\"ready\"", StringComparison.Ordinal))
            {
                using var said = await http.PostAsJsonAsync("/api/chat/messages", new { conversation, clientId = conversation, text = "how are we?" }, limit.Token);
                said.EnsureSuccessStatusCode();
            }
            else if (line.Contains(InstantModel.FirstWord, StringComparison.Ordinal))
            {
                return Stopwatch.GetElapsedTime(model.FirstToken).TotalMilliseconds;
            }
        }

        throw new InvalidOperationException("The stream ended before the answer came.");
    }
}
