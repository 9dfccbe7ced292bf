/* Followup Desk's program on Windows: starts the Python in the folder _internal beside it.

   Built twice by ../build.sh, as a windowed program and as a console program. Python reads its search
   path from python313._pth beside its library, so neither the environment nor the registry of this
   computer changes what is run. */

#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define MOST_PATH 32768
#define NO_PYTHON 3

typedef int (*PythonMain)(int count, wchar_t **words);

static wchar_t program[MOST_PATH], folder[MOST_PATH], library[MOST_PATH], script[MOST_PATH];

int wmain(int count, wchar_t **words)
{
    if (!GetModuleFileNameW(NULL, program, MOST_PATH)) return NO_PYTHON;
    wcscpy(folder, program);
    wchar_t *end = wcsrchr(folder, L'\\');
    if (!end || end - folder > MOST_PATH - 64) return NO_PYTHON;
    end[1] = 0;
    _snwprintf(library, MOST_PATH, L"%ls_internal\\" PYTHON_DLL, folder);
    _snwprintf(script, MOST_PATH, L"%ls_internal\\start.pyc", folder);

    SetDllDirectoryW(L""); /* never a library from the folder that somebody happened to start us in */
    HMODULE python = LoadLibraryExW(library, NULL,
        LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    PythonMain run = python ? (PythonMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run) {
        MessageBoxW(NULL, L"Followup Desk is not complete. Install it again.", L"Followup Desk", MB_ICONERROR);
        return NO_PYTHON;
    }
    wchar_t *before[] = {program, L"-B", L"-X", L"utf8", script};
    int own = sizeof before / sizeof *before;
    wchar_t **all = calloc(own + count, sizeof *all);
    if (!all) return NO_PYTHON;
    memcpy(all, before, sizeof before);
    for (int i = 1; i < count; i++) all[own + i - 1] = words[i];
    return run(own + count - 1, all);
}
